using System.Security.Cryptography;
using System.Text;

namespace CloudNative.Embedded.Events.Writing;

/// <summary>
/// The turnstile on Windows: two named mutexes. Who waits for the second holds the first, so that who has just written queues behind. The
/// system gives up those of a process that dies.
/// </summary>
internal sealed class MutexTurnstile : ITurnstile
{
    private readonly Mutex _next;
    private readonly Mutex _write;

    public MutexTurnstile(string directory)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(directory.ToUpperInvariant())).AsSpan(0, 16));
        _next = new Mutex(false, $@"Local\cloudnative-{name}-next");
        _write = new Mutex(false, $@"Local\cloudnative-{name}-write");
    }

    public bool TryEnter(TimeSpan patience)
    {
        if (!Wait(_next, patience))
        {
            return false;
        }

        try
        {
            return Wait(_write, patience);
        }
        finally
        {
            _next.ReleaseMutex();
        }
    }

    public void Leave() => _write.ReleaseMutex();

    public void Dispose()
    {
        _next.Dispose();
        _write.Dispose();
    }

    private static bool Wait(Mutex mutex, TimeSpan patience)
    {
        try
        {
            return mutex.WaitOne(patience);
        }
        catch (AbandonedMutexException)
        {
            return true; // Its process died while it wrote; SQLite has undone what it had begun.
        }
    }
}
