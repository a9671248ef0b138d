using System.Net;
using CloudNative.Kubernetes.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudNative.Kubernetes.Meshes;

/// <summary>
/// Looks, in a pod, for the proxy of a mesh that balances and repeats calls as this process does, and warns once. A
/// proxy may start after the service, so it looks a few times and then no more.
/// </summary>
internal sealed partial class MeshWatch(
    IConfiguration configuration, TimeProvider time, ILogger<MeshWatch> logger, HttpMessageHandler? transport = null)
    : IHostedService, IDisposable
{
    internal const string BalancingKey = "CloudNative:Discovery:Balancing";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan[] Pauses = [TimeSpan.Zero, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(50)];

    private readonly CancellationTokenSource _stopping = new();
    private Task _looking = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (InClusterDefaults.IsInCluster(configuration)
            && !string.Equals(configuration[BalancingKey], "Platform", StringComparison.OrdinalIgnoreCase))
        {
            _looking = LookAsync(_stopping.Token);
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _stopping.CancelAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // A host that was disposed is stopped once more, as those of tests are.
        }

        await _looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpMessageInvoker(
            transport ?? new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        foreach (var pause in Pauses)
        {
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            foreach (var sidecar in MeshSidecar.All)
            {
                if (await IsThereAsync(client, sidecar, cancellationToken).ConfigureAwait(false))
                {
                    LogFound(sidecar.Mesh, sidecar.Address);
                    return;
                }
            }
        }
    }

    private async Task<bool> IsThereAsync(
        HttpMessageInvoker client, MeshSidecar sidecar, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, sidecar.Address);
        try
        {
            using var response = await client.SendAsync(request, either.Token).ConfigureAwait(false);
            return response.StatusCode is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(
        1,
        LogLevel.Warning,
        ErrorIds.Mesh + ": A sidecar of {Mesh} answers at {Address}, and this service balances and repeats calls, too: "
        + "failed calls are sent more often than either means, and pods are called past the mesh's idea of the Service. "
        + "Leave it to the mesh by " + BalancingKey + "=Platform, or leave this service out of the mesh")]
    private partial void LogFound(string mesh, Uri address);
}
