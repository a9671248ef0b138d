using System.Runtime.CompilerServices;
using CloudNative.Discovery;

namespace CloudNative.Testing;

/// <summary>A source that fails when the test says so, and otherwise says what another one says. Thread-safe.</summary>
/// <param name="inner">The source that does the work.</param>
/// <param name="faults">What is wrong.</param>
public sealed class FaultyEndpointSource(IEndpointSource inner, RegistryFaults faults) : IEndpointSource
{
    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public async IAsyncEnumerable<EndpointUpdate> WatchAsync(
        string service, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (faults.Attempt() is { } reason)
        {
            yield return EndpointUpdate.Unavailable(reason);
            yield break;
        }

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var updates = inner.WatchAsync(service, stopping.Token).GetAsyncEnumerator(stopping.Token);
        await using (updates.ConfigureAwait(false))
        {
            while (true)
            {
                var next = updates.MoveNextAsync().AsTask();
                if (await OutageBeforeAsync(next).ConfigureAwait(false) is { } outage)
                {
                    await stopping.CancelAsync().ConfigureAwait(false);
                    await Task.WhenAny(next).ConfigureAwait(false);
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return EndpointUpdate.Unavailable(outage);
                    yield break;
                }

                if (!await next.ConfigureAwait(false))
                {
                    yield break;
                }

                yield return updates.Current;
            }
        }
    }

    /// <summary>Waits for the next update; the reason when the registry goes down first.</summary>
    private async Task<string?> OutageBeforeAsync(Task next)
    {
        while (true)
        {
            var (outage, changed) = faults.Look();
            if (outage is not null)
            {
                return outage;
            }

            if (await Task.WhenAny(next, changed).ConfigureAwait(false) == next)
            {
                return null;
            }
        }
    }
}
