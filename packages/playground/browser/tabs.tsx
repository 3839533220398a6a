import type { ComponentChildren, JSX } from "preact";
import { useId, useRef } from "preact/hooks";

export interface TabsProps<Name extends string> {
  readonly label: string;
  readonly tabs: readonly Name[];
  readonly selected: Name;
  readonly onSelect: (name: Name) => void;
  readonly counts?: { readonly [N in Name]?: number | undefined };
  readonly children: ComponentChildren;
}

/** Tabs as the ARIA Authoring Practices have them: arrows move, and what is focused is selected. */
export function Tabs<Name extends string>({
  label,
  tabs,
  selected,
  onSelect,
  counts,
  children,
}: TabsProps<Name>): JSX.Element {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = tabs.at((tabs.indexOf(selected) + step) % tabs.length);
    if (next === undefined) return;
    onSelect(next);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus();
  };
  return (
    <>
      <div class="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={move}>
        {tabs.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-${name}`}
            data-tab={name}
            aria-selected={name === selected}
            aria-controls={`${id}-panel`}
            tabIndex={name === selected ? 0 : -1}
            onClick={() => onSelect(name)}
          >
            {name}
            {(counts?.[name] ?? 0) > 0 && <span class="count">{counts?.[name]}</span>}
          </button>
        ))}
      </div>
      <div class="tab-panel" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${selected}`}>
        {children}
      </div>
    </>
  );
}
