// Opens a link to another screen as Back and Forward do: the address changes first, and the screen is made from it.
// Streamlit's own way writes an entry of the screen that is left, without its settings, and loses settings that both share.
// It also marks, for those who do not see it, which screen of the menu is shown.

const addressOf = (link) => new URL(link.getAttribute("href"), `${window.__streamlit?.BACKEND_BASE_URL ?? location.origin}/`); // the first screen's is empty
const markCurrent = () => {
  for (const link of document.querySelectorAll(".st-key-menu a[href]")) {
    if (addressOf(link).pathname === location.pathname) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
};

markCurrent();
if (!window.linking) {
  window.linking = true;
  new MutationObserver(markCurrent).observe(document.querySelector("title"), { childList: true });
  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest?.(".stPageLink a[href]");
      if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      const address = addressOf(link);
      if (address.href !== location.href) history.pushState({}, "", address);
      dispatchEvent(new PopStateEvent("popstate"));
    },
    { capture: true },
  );
}
