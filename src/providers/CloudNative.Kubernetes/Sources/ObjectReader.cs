using System.Net;
using CloudNative.Kubernetes.Configuration;

namespace CloudNative.Kubernetes.Sources;

/// <summary>
/// Reads one object within the time of a start. It lists, as rules that allow to follow an object do not allow to get
/// it.
/// </summary>
internal sealed class ObjectReader<T>(
    KubernetesObjectConfigurationSource source,
    KubernetesKind<T> kind,
    string place,
    KubernetesOptions options,
    TimeProvider time)
    where T : KubernetesObject
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    /// <summary>Reads it; what may pass is asked for again while there is time, unless once is enough.</summary>
    /// <returns>The object; <see langword="null"/> when there is none.</returns>
    /// <exception cref="KubernetesException">It cannot be read.</exception>
    public async Task<T?> FindAsync(KubernetesApi api, bool isOnce, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                var left = source.StartTimeout - time.GetElapsedTime(started);
                return await FindAsync(api, left, cancellationToken).ConfigureAwait(false);
            }
            catch (KubernetesException exception) when (
                !isOnce && MayPass(exception) && time.GetElapsedTime(started) + Pause < source.StartTimeout)
            {
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static bool MayPass(KubernetesException exception) =>
        exception.StatusCode is null or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;

    private async Task<T?> FindAsync(KubernetesApi api, TimeSpan left, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            var selection = KubernetesSelection.OfName(place, source.Name);
            var page = await api.ListAsync(kind, selection, limit: 1, next: null, either.Token).ConfigureAwait(false);
            return page.Items.Count > 0 ? page.Items[0] : null;
        }
        catch (OperationCanceledException exception) when (late.IsCancellationRequested)
        {
            throw new KubernetesException(
                $"{ErrorIds.NotReachable}: Kubernetes at {options.Server} did not answer within "
                + $"{source.StartTimeout.TotalSeconds:0.#} s (list {kind.Plural} {source.Name} in {place})",
                cause: exception);
        }
    }
}
