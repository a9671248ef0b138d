using Shop.Web.Cards;
using Shop.Web.DeadLetters;
using Shop.Web.Events;
using Shop.Web.Orders;

namespace Shop.Web.Panel;

/// <summary>
/// Looks backstage without keeping anybody waiting: what a service that is down does not say in time is unknown.
/// </summary>
internal sealed class BackstageWatch(IServiceScopeFactory scopes, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async Task<Backstage> LookAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var network = TryAsync(scope.ServiceProvider.GetRequiredService<CardNetworkClient>().GetAsync(either.Token));
        var letters = TryAsync(scope.ServiceProvider.GetRequiredService<DeadLetterClient>().ListAsync(either.Token));
        var orders = TryAsync(scope.ServiceProvider.GetRequiredService<OrderCounting>().CountAsync(either.Token));
        var events = scope.ServiceProvider.GetRequiredService<EventClient>().LookAsync(either.Token);
        await Task.WhenAll(network, letters, orders, events);
        cancellationToken.ThrowIfCancellationRequested();
        return new Backstage(await network, await orders, await events, await letters);
    }

    private static async Task<T?> TryAsync<T>(Task<T> asked)
        where T : class?
    {
        try
        {
            return await asked;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or TimeoutException)
        {
            return null;
        }
    }
}
