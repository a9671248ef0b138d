using System.Collections.Concurrent;
using System.Net;
using CloudNative.Kubernetes.Meshes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Kubernetes.Tests.Meshes;

public sealed class MeshWatchTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeLogger<MeshWatch> _log = new();
    private readonly Pod _pod = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(15021, HttpStatusCode.OK, "Istio")]
    [InlineData(15021, HttpStatusCode.ServiceUnavailable, "Istio")]
    [InlineData(4191, HttpStatusCode.OK, "Linkerd")]
    public async Task Start_SidecarThatComesLater_IsWarnedAboutOnce(int port, HttpStatusCode status, string mesh)
    {
        using var watch = Watch(("KUBERNETES_SERVICE_HOST", "10.0.0.1"));
        await watch.StartAsync(Cancel);
        await UntilAsync(() => _pod.Calls >= 2);
        _pod.Answer(port, status);
        await UntilAsync(() => _log.Collector.Count > 0);
        _time.Advance(TimeSpan.FromMinutes(10));
        await watch.StopAsync(Cancel);

        var warning = Assert.Single(_log.Collector.GetSnapshot());
        Assert.Contains("CN4414", warning.Message, StringComparison.Ordinal);
        Assert.Contains(mesh, warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NoSidecar_LooksThreeTimesAndNoMore()
    {
        using var watch = Watch(("KUBERNETES_SERVICE_HOST", "10.0.0.1"));
        await watch.StartAsync(Cancel);
        await UntilAsync(() => _pod.Calls >= 6);
        _time.Advance(TimeSpan.FromMinutes(10));
        await watch.StopAsync(Cancel);
        Assert.Equal(6, _pod.Calls);
        Assert.Empty(_log.Collector.GetSnapshot());
    }

    [Theory]
    [InlineData("KUBERNETES_SERVICE_HOST", "10.0.0.1", "CloudNative:Discovery:Balancing", "platform")]
    [InlineData("ASPNETCORE_URLS", "http://*:8080", "CloudNative:Discovery:Balancing", "Client")]
    public async Task Start_OnAPlatformThatBalancesOrOutsideOfACluster_DoesNotLook(
        string variable, string value, string key, string setting)
    {
        _pod.Answer(15021, HttpStatusCode.OK);
        using var watch = Watch((variable, value), (key, setting));
        await watch.StartAsync(Cancel);
        await watch.StopAsync(Cancel);
        Assert.Equal(0, _pod.Calls);
    }

    // The next look is planned after the last one failed; so time passes until it is seen.
    private async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            Cancel.ThrowIfCancellationRequested();
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
    }

    [Fact]
    public async Task Stop_OfAHostThatWasDisposed_DoesNothing()
    {
        var watch = Watch(("KUBERNETES_SERVICE_HOST", "10.0.0.1"));
        await watch.StartAsync(Cancel);
        await watch.StopAsync(Cancel);
        watch.Dispose();
        await watch.StopAsync(Cancel);
    }

    public void Dispose() => _pod.Dispose();

    private MeshWatch Watch(params (string Key, string? Value)[] settings) => new(
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create(pair.Key, pair.Value)))
            .Build(),
        _time,
        _log,
        _pod);

    /// <summary>What listens on the loopback of a pod.</summary>
    private sealed class Pod : HttpMessageHandler
    {
        private readonly ConcurrentDictionary<int, HttpStatusCode> _answers = [];
        private int _calls;

        public int Calls => Volatile.Read(ref _calls);

        public void Answer(int port, HttpStatusCode status) => _answers[port] = status;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _calls);
            return _answers.TryGetValue(request.RequestUri!.Port, out var status)
                ? Task.FromResult(new HttpResponseMessage(status))
                : Task.FromException<HttpResponseMessage>(new HttpRequestException("Connection refused"));
        }
    }
}
