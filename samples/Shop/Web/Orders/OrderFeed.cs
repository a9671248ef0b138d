using System.Runtime.CompilerServices;
using Shop.Web.Outages;

namespace Shop.Web.Orders;

/// <summary>
/// Watches one order: what it is now, then each step as ordering tells it. While ordering is away the last state stands, and says so.
/// </summary>
internal sealed class OrderFeed(OrderingClient ordering, OrderHub hub)
{
    /// <summary>Yields the order at once and after each change; ends when it is settled, or unknown.</summary>
    public async IAsyncEnumerable<OrderMoment> WatchAsync(Guid id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // First listen, then look: what happens in between is heard.
        using var listener = hub.Listen(id);
        if (await ordering.FindAsync(id, cancellationToken) is not { } order)
        {
            yield break;
        }

        var last = new OrderMoment(order, OrderingAnswers: true);
        yield return last;
        while (!last.Order.IsSettled)
        {
            var news = listener.Take();
            foreach (var moment in await ApplyAsync(last, news, cancellationToken))
            {
                yield return last = moment;
            }

            if (!last.Order.IsSettled)
            {
                await news.More.WaitAsync(cancellationToken);
            }
        }
    }

    private async Task<List<OrderMoment>> ApplyAsync(OrderMoment last, OrderNews news, CancellationToken cancellationToken)
    {
        var moments = new List<OrderMoment>();
        foreach (var step in news.Steps)
        {
            Add(last.Order with { Status = step.Status, Reason = step.Reason }, answers: true);
        }

        if (news.MustLook)
        {
            try
            {
                Add(await ordering.FindAsync(last.Order.Id, cancellationToken) ?? last.Order, answers: true);
            }
            catch (ServiceOutageException)
            {
                Add(last.Order, answers: false);
                return moments;
            }
        }

        Add(last.Order, answers: !news.IsBroken);
        return moments;

        // An order only moves on: what is known already, or was overtaken, is no news.
        void Add(Order order, bool answers)
        {
            var moment = new OrderMoment(order.Status > last.Order.Status ? order : last.Order, answers);
            if (moment != last)
            {
                moments.Add(last = moment);
            }
        }
    }
}
