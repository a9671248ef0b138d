namespace Shop.Catalog.Faults;

/// <summary>
/// Marks endpoints that a fault applies to. Health checks and management have no mark: the process is well, its answers are not.
/// </summary>
internal sealed class Breakable;
