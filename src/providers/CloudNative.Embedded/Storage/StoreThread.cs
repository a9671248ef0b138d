using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace CloudNative.Embedded.Storage;

/// <summary>
/// The one thread that touches the database, in the order in which work is posted. SQLite blocks while another
/// process writes; on the thread pool that would starve the service.
/// </summary>
[SuppressMessage("Usage", "CA2213", Justification = "The thread disposes the queue when it has emptied it.")]
internal sealed class StoreThread : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;
    private int _ended;

    public StoreThread(string name = "cloudnative-embedded")
    {
        _thread = new Thread(Run) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Posts work that handles its own failures. False when the thread has ended.</summary>
    public bool TryPost(Action work)
    {
        try
        {
            return _work.TryAdd(work);
        }
        catch (InvalidOperationException)
        {
            return false; // Ended between two looks; the same as never begun.
        }
    }

    /// <summary>Ends the thread after what was posted.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
        {
            _work.CompleteAdding();
        }
    }

    private void Run()
    {
        foreach (var work in _work.GetConsumingEnumerable())
        {
            work();
        }

        _work.Dispose();
    }
}
