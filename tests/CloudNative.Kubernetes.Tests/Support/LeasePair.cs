using CloudNative.Kubernetes.Leases;
using CloudNative.Leases;
using CloudNative.Testing.Conformance;

namespace CloudNative.Kubernetes.Tests.Support;

/// <summary>
/// Two processes at one API server. The server needs no clock; before one of theirs goes on, each has been told what
/// happened until then, unless it is paused.
/// </summary>
internal sealed class LeasePair : LeaseSubject
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly LeaseProcess _first;
    private readonly LeaseProcess _second;
    private readonly KubernetesApi _api;
    private readonly KubernetesSelection _selection;
    private TimeSpan _behind;

    private LeasePair(KubernetesOptions options, Func<HttpMessageHandler> connect)
    {
        (_first, _second) = (new LeaseProcess(options, connect()), new LeaseProcess(options, connect()));
        _api = new KubernetesApi(options, handler: connect());
        _selection = new KubernetesSelection("default", $"{LeaseMarks.PrefixLabel}={options.Leases.Prefix}");
    }

    public override ILeaseProvider First => _first.Leases;

    public override ILeaseProvider Second => _second.Leases;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Both have asked for leases before, as processes that wait for one have.</summary>
    public static async Task<LeasePair> CreateAsync(KubernetesOptions options, Func<HttpMessageHandler> connect)
    {
        options.Leases.Prefix = Maps.Unique();
        options.Watch.SilenceTimeout = TimeSpan.FromHours(1);
        var pair = new LeasePair(options, connect);
        foreach (var provider in (ILeaseProvider[])[pair.First, pair.Second, pair.First])
        {
            await (await provider.TryAcquireAsync("first use", TimeSpan.FromSeconds(1), Cancel))!.DisposeAsync();
        }

        await pair.SeeAsync();
        return pair;
    }

    public override async Task AdvanceAsync(TimeSpan time)
    {
        await SeeAsync();
        await _first.Clock.AdvanceAsync(time);
        await _second.Clock.AdvanceAsync(time);
    }

    public override async Task AdvanceSecondAloneAsync(TimeSpan time)
    {
        await SeeAsync();
        _first.Watches.Pause();
        _behind += time;
        for (var step = 0; step < 10; step++)
        {
            await _second.Clock.AdvanceAsync(time / 10);
        }
    }

    public override async Task ResumeFirstAsync()
    {
        await _first.Clock.AdvanceAsync(_behind);
        _behind = TimeSpan.Zero;
        _first.Watches.Resume();
    }

    public override async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
        _api.Dispose();
    }

    private Task<KubernetesPage<KubernetesLease>> ListAsync() => _api.ListAsync(KubernetesKinds.Leases, _selection, null, null, Cancel);

    private static string Describe(KubernetesPage<KubernetesLease> page, LeaseProcess[] watching) => string.Join(
        '\n',
        watching.Select(process =>
            $"{page.Items.Count(lease => !process.Leases.Observer.HasSeen(lease))} of {page.Items.Count} not seen:\n"
            + string.Join('\n', process.Logs.GetSnapshot().Select(line => line.Message))));

    private async Task SeeAsync()
    {
        LeaseProcess[] watching = _behind > TimeSpan.Zero ? [_second] : [_first, _second];
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var page = await ListAsync();
        while (!watching.All(process => page.Items.All(process.Leases.Observer.HasSeen)))
        {
            Assert.False(patience.IsCancellationRequested, Describe(page, watching));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Cancel);
            page = await ListAsync();
        }
    }
}
