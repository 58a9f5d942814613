/** Longest side of a photo that is sent, in pixels, and its quality as JPEG. */
const LONGEST_SIDE = 1600;
const QUALITY = 0.8;
/** Files below this size, in bytes, are sent as they are. */
const SMALL_ENOUGH = 300 * 1024;

/**
 * Replaces large photos of a file input by smaller ones. What cannot be read as a
 * picture is left as it is: the server says what is wrong with it.
 *
 * @param {HTMLInputElement} input
 */
export async function shrinkPhotos(input) {
    const files = await Promise.all(Array.from(input.files, shrink));
    const transfer = new DataTransfer();
    files.forEach((file) => transfer.items.add(file));
    input.files = transfer.files;
}

/**
 * @param {File} file
 * @returns {Promise<File>}
 */
export async function shrink(file) {
    if (!file.type.startsWith("image/") || file.size <= SMALL_ENOUGH) {
        return file;
    }
    let bitmap;
    try {
        bitmap = await createImageBitmap(file);
    } catch {
        return file;
    }
    const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    const blob = await new Promise((resolve) =>
        canvas.toBlob(resolve, "image/jpeg", QUALITY),
    );
    if (!blob || blob.size >= file.size) {
        return file;
    }
    const name = file.name.replace(/\.[^.]*$/, "") + ".jpg";
    return new File([blob], name, { type: "image/jpeg" });
}
