from . import adjudication
