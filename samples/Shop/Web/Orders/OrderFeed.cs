using System.Runtime.CompilerServices;
using Shop.Web.Outages;

namespace Shop.Web.Orders;

/// <summary>Follows an order until it is shipped or declined.</summary>
internal sealed class OrderFeed(OrderingClient ordering, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Yields the order at once and after each change; ends when it is settled, or unknown.</summary>
    public async IAsyncEnumerable<OrderMoment> WatchAsync(Guid id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        OrderMoment? last = null;
        while (true)
        {
            var moment = await LookAsync(id, last, cancellationToken);
            if (moment is not null && !IsSame(moment, last))
            {
                yield return moment;
            }

            if (moment is null && last is null || moment?.Order.IsSettled == true)
            {
                yield break;
            }

            last = moment ?? last;
            await Task.Delay(Interval, time, cancellationToken);
        }
    }

    private async Task<OrderMoment?> LookAsync(Guid id, OrderMoment? last, CancellationToken cancellationToken)
    {
        try
        {
            return await ordering.FindAsync(id, cancellationToken) is { } order ? new OrderMoment(order, OrderingAnswers: true) : null;
        }
        catch (ServiceOutageException) when (last is not null)
        {
            return last with { OrderingAnswers = false };
        }
    }

    private static bool IsSame(OrderMoment moment, OrderMoment? last) =>
        last is not null && moment.Order.Status == last.Order.Status && moment.OrderingAnswers == last.OrderingAnswers;
}
