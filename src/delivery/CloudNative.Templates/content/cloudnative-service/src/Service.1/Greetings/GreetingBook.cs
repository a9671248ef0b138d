namespace Service._1.Greetings;

/// <summary>Who was greeted, as far as this instance knows: in memory, so gone with the process. Thread-safe.</summary>
internal sealed class GreetingBook
{
    private readonly Lock _lock = new();
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_lock)
            {
                return [.. _names];
            }
        }
    }

    // Twice equals once, since an event may come twice.
    public void Add(string name)
    {
        lock (_lock)
        {
            _names.Add(name);
        }
    }
}
