// Opens a link to another screen as Back and Forward do: the address changes first, and the screen is made from it.
// Streamlit's own way writes an entry of the screen that is left, without its settings, and loses settings that both share.

if (!window.linking) {
  window.linking = true;
  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest?.(":is(.menu, .strip, .stPageLink) a[href]");
      if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      const base = window.__streamlit?.BACKEND_BASE_URL ?? location.origin;
      const address = new URL(link.getAttribute("href"), `${base}/`); // the first screen's is empty
      if (address.href !== location.href) history.pushState({}, "", address);
      dispatchEvent(new PopStateEvent("popstate"));
    },
    { capture: true },
  );
}
