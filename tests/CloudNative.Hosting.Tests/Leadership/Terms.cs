using System.Threading.Channels;
using CloudNative.Leases;

namespace CloudNative.Hosting.Tests.Leadership;

/// <summary>What the leaders of a test do, and how many there were at a time.</summary>
internal sealed class Terms
{
    private readonly Channel<ILease> _begun = Channel.CreateUnbounded<ILease>();
    private int _running;
    private int _most;

    /// <summary>What a leader does in its first, second … term; waits for the end once there is nothing more.</summary>
    public Queue<Func<CancellationToken, Task>> Work { get; } = new();

    public int MostAtATime => Volatile.Read(ref _most);

    public async Task RunAsync(ILease leadership, CancellationToken cancellationToken)
    {
        var running = Interlocked.Increment(ref _running);
        _most = Math.Max(_most, running);
        try
        {
            _begun.Writer.TryWrite(leadership);
            await (Work.TryDequeue(out var work)
                ? work(cancellationToken)
                : Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken));
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    public async Task<ILease> NextAsync() => await _begun.Reader.ReadAsync(TestContext.Current.CancellationToken)
        .AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
}
