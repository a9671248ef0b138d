using System.Net.Sockets;
using CloudNative.Embedded.Membership;
using CloudNative.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Embedded.Tests.Membership;

public sealed class DoormanTests
{
    private readonly FakeTimeProvider _clock = new();
    private int _attempts;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Admit_OutOfFileHandles_TriesEachSecondAtMostAndGoesOnByItself()
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        using var caller = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        var admitted = new TaskCompletionSource<Socket>();
        var admitting = new Doorman(_clock).AdmitAsync(
            token => Interlocked.Increment(ref _attempts) switch
            {
                <= 12 => throw new SocketException((int)SocketError.TooManyOpenSockets),
                13 => new(caller),
                _ => new(WaitAsync(token)),
            },
            admitted.SetResult,
            stopping.Token);

        // 10 ms, twice as long each time, and from the eighth on a second.
        var passed = await _clock.AdvanceUntilAsync(
            () => Volatile.Read(ref _attempts) == 12, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(5));
        Assert.True(passed >= TimeSpan.FromMilliseconds(1270 + 4000), $"12 attempts within {passed}");
        await _clock.AdvanceUntilAsync(() => admitted.Task.IsCompleted, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        Assert.Same(caller, await admitted.Task);
        await stopping.CancelAsync();
        await admitting;
    }

    [Fact]
    public async Task Admit_StoppedWhileItPauses_EndsAtOnce()
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var admitting = new Doorman(_clock).AdmitAsync(
            _ => throw new SocketException((int)SocketError.ConnectionAborted), _ => { }, stopping.Token);
        Assert.False(admitting.IsCompleted);
        await stopping.CancelAsync();
        await admitting;
    }

    private static async Task<Socket> WaitAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        throw new InvalidOperationException("It was not cancelled.");
    }
}
