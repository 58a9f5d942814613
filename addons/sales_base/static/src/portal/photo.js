/** Longest side of a photo that is sent, in pixels, and its quality as JPEG. */
const LONGEST_SIDE = 1600;
const QUALITY = 0.8;
/** Files below this size, in bytes, are sent as they are. */
const SMALL_ENOUGH = 300 * 1024;

/**
 * A smaller picture in the place of a large one. What cannot be read as a picture is
 * left as it is: the server says what is wrong with it.
 *
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

/**
 * Puts files into a file input, as if they had been chosen there.
 *
 * @param {HTMLInputElement} input
 * @param {File[]} files
 */
export function setFiles(input, files) {
    const transfer = new DataTransfer();
    files.forEach((file) => transfer.items.add(file));
    input.files = transfer.files;
}

/**
 * A tile that shows a chosen photo; a click on it takes the photo out again.
 *
 * @param {File} file
 * @param {string} label
 * @returns {HTMLButtonElement}
 */
export function makeTile(file, label) {
    const tile = document.createElement("button");
    tile.type = "button";
    tile.className = "o_sales_tile btn btn-outline-danger p-0 position-relative";
    tile.title = label;
    tile.setAttribute("aria-label", `${label}: ${file.name}`);
    if (file.type.startsWith("image/")) {
        const image = document.createElement("img");
        image.src = URL.createObjectURL(file);
        image.addEventListener("load", () => URL.revokeObjectURL(image.src));
        image.alt = "";
        tile.append(image);
    } else {
        const icon = document.createElement("i");
        icon.className = "fa fa-file-pdf-o fa-2x";
        tile.append(icon);
    }
    const cross = document.createElement("span");
    cross.className = "badge text-bg-danger position-absolute top-0 end-0";
    cross.textContent = "×";
    tile.append(cross);
    return tile;
}
