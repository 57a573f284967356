// Copies the link to the view that is open, and says so beside the button.

const SAID_MILLISECONDS = 4000;

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement("textarea"); // a page that is not served over https may not use the clipboard
    field.value = text;
    document.body.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    if (!copied) throw new Error("not allowed");
  }
}

// once, however often the page names this script
if (!window.sharing) {
  window.sharing = true;
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("button[data-share]");
    if (!button) return;
    const status = button.parentElement.querySelector("[role=status]");
    try {
      await copy(button.dataset.share);
      status.textContent = "Link copied";
    } catch {
      status.textContent = "Copy the address of this page from the address bar";
    }
    setTimeout(() => (status.textContent = ""), SAID_MILLISECONDS);
  });
}
