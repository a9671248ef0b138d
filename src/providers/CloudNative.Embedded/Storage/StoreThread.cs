using System.Diagnostics.CodeAnalysis;

namespace CloudNative.Embedded.Storage;

/// <summary>
/// The one thread that touches the database, in the order in which work is posted. SQLite blocks while another
/// process writes; on the thread pool that would starve the service.
/// </summary>
[SuppressMessage("Usage", "CA2213", Justification = "The thread disposes what it waits on when it has ended.")]
internal sealed class StoreThread : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<Action> _work = new();

    // Sleeps at once. Primitives that spin first take a core from whoever is to post, many thousand times a second.
    private readonly AutoResetEvent _posted = new(false);
    private bool _isIdle;
    private bool _isEnded;

    public StoreThread(string name = "cloudnative-embedded") =>
        new Thread(Run) { IsBackground = true, Name = name }.Start();

    /// <summary>Posts work that handles its own failures. False when the thread has ended.</summary>
    public bool TryPost(Action work)
    {
        lock (_gate)
        {
            if (_isEnded)
            {
                return false;
            }

            _work.Enqueue(work);
            Rouse();
            return true;
        }
    }

    /// <summary>Ends the thread after what was posted.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (!_isEnded)
            {
                _isEnded = true;
                Rouse();
            }
        }
    }

    private void Rouse()
    {
        if (_isIdle)
        {
            _isIdle = false;
            _posted.Set();
        }
    }

    private void Run()
    {
        while (TryTake() is { } work)
        {
            work();
        }

        _posted.Dispose();
    }

    private Action? TryTake()
    {
        while (true)
        {
            lock (_gate)
            {
                if (_work.TryDequeue(out var work))
                {
                    return work;
                }

                if (_isEnded)
                {
                    return null;
                }

                _isIdle = true;
            }

            _posted.WaitOne();
        }
    }
}
