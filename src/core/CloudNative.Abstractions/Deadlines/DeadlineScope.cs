using System.Diagnostics.CodeAnalysis;

namespace CloudNative.Deadlines;

/// <summary>Puts the deadline back that was in force before; to be disposed where it was begun.</summary>
[SuppressMessage("Performance", "CA1815", Justification = "Nobody compares scopes.")]
public readonly struct DeadlineScope : IDisposable
{
    private readonly DeadlineContext? _context;
    private readonly Deadline? _outer;

    internal DeadlineScope(DeadlineContext context, Deadline? outer)
    {
        _context = context;
        _outer = outer;
    }

    /// <inheritdoc />
    public void Dispose() => _context?.Restore(_outer);
}
