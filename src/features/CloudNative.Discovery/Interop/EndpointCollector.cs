using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Extensions.ServiceDiscovery;

namespace CloudNative.Discovery.Interop;

/// <summary>Takes what a foreign provider says, and waits until it is out of date.</summary>
internal sealed class EndpointCollector : IServiceEndpointBuilder
{
    private readonly List<IChangeToken> _tokens = [];

    public IList<ServiceEndpoint> Endpoints { get; } = [];

    public IFeatureCollection Features { get; } = new FeatureCollection();

    public void AddChangeToken(IChangeToken changeToken) => _tokens.Add(changeToken);

    /// <summary>
    /// Waits for the first token to fire; unless all of them do so by themselves, at most the interval.
    /// </summary>
    public async Task WaitForChangeAsync(TimeProvider time, TimeSpan interval, CancellationToken cancellationToken)
    {
        // A token that has fired meanwhile calls back at once, so nothing between reading and waiting is missed.
        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var callbacks = _tokens
            .Select(token => token.RegisterChangeCallback(static state => ((TaskCompletionSource)state!).TrySetResult(), changed))
            .ToArray();
        try
        {
            var isAnnounced = _tokens.Count > 0 && _tokens.TrueForAll(token => token.ActiveChangeCallbacks);
            await changed.Task.WaitAsync(isAnnounced ? Timeout.InfiniteTimeSpan : interval, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Time to ask again.
        }
        finally
        {
            foreach (var callback in callbacks)
            {
                callback.Dispose();
            }
        }
    }
}
