using System.Runtime.CompilerServices;
using CloudNative.Discovery;
using CloudNative.Embedded.Membership;
using CloudNative.Embedded.Storage;

namespace CloudNative.Embedded.Registry;

/// <summary>Finds instances in the store.</summary>
internal sealed class EmbeddedEndpointSource(EmbeddedNode node) : IEndpointSource
{
    public string Name => EmbeddedProvider.Name;

    public async IAsyncEnumerable<EndpointUpdate> WatchAsync(
        string service, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(service);
        List<string>? last = null;
        var first = true;
        while (true)
        {
            var next = node.Changes.Next;
            var (documents, failure) = await ReadAsync(service, cancellationToken).ConfigureAwait(false);
            if (failure is not null)
            {
                yield return EndpointUpdate.Unavailable(failure);
                yield break;
            }

            if (first || !Same(last, documents))
            {
                first = false;
                last = documents;
                // Nobody is missing here who did not leave or die: those who hold their lock stay.
                yield return documents is null
                    ? EndpointUpdate.NotFound
                    : EndpointUpdate.Answer([.. documents.Select(InstanceJson.Read)], confirmed: true);
            }

            await next.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(List<string>? Documents, string? Failure)> ReadAsync(string service, CancellationToken cancellationToken)
    {
        try
        {
            var session = await node.GetSessionAsync(cancellationToken).ConfigureAwait(false);
            return (await session.Store.ReadAsync(
                "read", connection => InstanceRows.ReadReady(connection, service), cancellationToken).ConfigureAwait(false), null);
        }
        catch (Exception exception) when (exception is EmbeddedStoreException or ObjectDisposedException)
        {
            return (null, exception.Message);
        }
    }

    private static bool Same(List<string>? left, List<string>? right) =>
        left is null || right is null ? ReferenceEquals(left, right) : left.SequenceEqual(right, StringComparer.Ordinal);
}
