using System.Diagnostics.CodeAnalysis;

namespace CloudNative.Deadlines;

/// <summary>Puts the deadline back that was in force before; to be disposed where it was begun.</summary>
[SuppressMessage("Performance", "CA1815", Justification = "Nobody compares scopes.")]
public readonly struct DeadlineScope : IDisposable
{
    private readonly DeadlineContext? _context;
    private readonly Deadline? _outer;
    private readonly Deadline? _begun;

    internal DeadlineScope(DeadlineContext context, Deadline? outer, Deadline? begun)
    {
        _context = context;
        _outer = outer;
        _begun = begun;
    }

    /// <summary>
    /// Lifts the deadline that this scope began, wherever the work has carried it by now: the work turned out to have no end of its own.
    /// Does nothing where an earlier deadline stayed in force.
    /// </summary>
    public void Lift() => _begun?.Lift();

    /// <inheritdoc />
    public void Dispose() => _context?.Restore(_outer);
}
