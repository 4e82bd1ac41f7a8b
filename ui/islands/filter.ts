// The filter of a list stands open on a desk. The stylesheet does this where the browser knows how; here for the others.
export function openFilters(): void {
  const desk = matchMedia("(min-width: 1080px)");
  const open = () => {
    for (const filter of document.querySelectorAll<HTMLDetailsElement>("details.app-filter"))
      if (desk.matches) filter.open = true;
  };
  desk.addEventListener("change", open);
  open();
}
