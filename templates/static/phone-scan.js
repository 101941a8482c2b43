// Reads a code with the camera or from a picture, where the browser can.

/** Whether this browser reads codes by itself. */
export const canScan = () => "BarcodeDetector" in globalThis;

/** Whether it has a camera to do so with. */
export const hasCamera = () => canScan() && Boolean(navigator.mediaDevices?.getUserMedia);

/** The text of the code in a picture, or null. */
export async function readPicture(file) {
  const picture = await createImageBitmap(file);
  try {
    return await detect(picture);
  } finally {
    picture.close();
  }
}

/** Shows the camera in `video` until a code is seen or `signal` aborts; resolves to its text, or null. */
export async function readCamera(video, signal) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
  try {
    video.srcObject = stream;
    await video.play();
    while (!signal.aborted) {
      const text = await detect(video);
      if (text) {
        return text;
      }
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    return null;
  } finally {
    stream.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
  }
}

async function detect(source) {
  const found = await new BarcodeDetector({ formats: ["qr_code"] }).detect(source);
  return found[0]?.rawValue ?? null;
}
