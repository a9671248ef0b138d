using CloudNative.Leases;

namespace CloudNative.Testing.Conformance;

/// <summary>
/// What every provider of leases must do: exclusion, fencing, expiry. Derive a test class from it and run it with
/// xunit v3. Each test gets a subject of its own.
/// </summary>
public abstract partial class LeaseProviderConformance : IAsyncLifetime
{
    private static readonly TimeSpan _duration = TimeSpan.FromSeconds(9);

    /// <summary>How long a test waits for what comes in the background. Default 30 s.</summary>
    protected virtual TimeSpan Patience => TimeSpan.FromSeconds(30);

    /// <summary>The subject of the running test.</summary>
    protected LeaseSubject Subject { get; private set; } = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Makes two processes that hold nothing.</summary>
    /// <returns>The subject; the suite disposes it.</returns>
    protected abstract ValueTask<LeaseSubject> CreateAsync();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => Subject = await CreateAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Subject.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private static async Task<ILease> TakeAsync(ILeaseProvider provider, string name = "job")
    {
        var lease = await provider.TryAcquireAsync(name, _duration, Cancelled);
        Assert.NotNull(lease);
        return lease;
    }

    private static async Task AssertHeldAsync(ILeaseProvider provider, string name = "job") =>
        Assert.Null(await provider.TryAcquireAsync(name, _duration, Cancelled));

    private async Task AssertLostAsync(ILease lease)
    {
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lease.Lost.Register(lost.SetResult);
        await lost.Task.WaitAsync(Patience, TimeProvider.System, Cancelled);
    }
}
