using System.Runtime.CompilerServices;
using CloudNative.Discovery;

namespace CloudNative.Kubernetes.Discovery.Dns;

/// <summary>
/// Finds the pods of headless Services by DNS, without any right, and asks again when an answer has lived its time.
/// </summary>
internal sealed class DnsSource(
    IDnsReader reader, string ownNamespace, string domain, IReadOnlyList<string> ports, TimeProvider time)
    : IEndpointSource
{
    /// <summary>The ports that are asked for when none are named.</summary>
    public static readonly string[] UsualPorts = ["http", "https", "grpc"];

    private static readonly TimeSpan ShortestTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);

    private readonly NameSource _names = new();

    public string Name => KubernetesProvider.Name;

    public bool RecoversByItself => true;

    public async IAsyncEnumerable<EndpointUpdate> WatchAsync(
        string service, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(service);
        if (ServiceName.Parse(service, ownNamespace, domain) is not { } name)
        {
            await foreach (var nothing in _names.WatchAsync(service, cancellationToken).ConfigureAwait(false))
            {
                yield return nothing;
            }

            yield break;
        }

        var view = new DnsView(service, $"{name.Name}.{name.Namespace}.svc.{domain}");
        while (true)
        {
            var (update, pause) = await AskAsync(view, cancellationToken).ConfigureAwait(false);
            yield return update;
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(EndpointUpdate Update, TimeSpan Pause)> AskAsync(
        DnsView view, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(
            ports.Select(port => reader.ReadAsync(view.FullName, port, cancellationToken))).ConfigureAwait(false);
        if (Array.Find(answers, answer => answer.Failure is not null)?.Failure is { } failure)
        {
            // A server that fails for one name answers for others.
            return (EndpointUpdate.Unavailable(failure.Reason, failure.IsServerDown), PauseAfterFailure);
        }

        var lives = answers.Min(answer => answer.TimeToLive);
        var pause = TimeSpan.FromTicks(Math.Clamp(lives.Ticks, ShortestTime.Ticks, LongestTime.Ticks));
        return (view.Read(answers), pause);
    }
}
