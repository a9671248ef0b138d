using CloudNative.Eventing;
using Microsoft.Data.Sqlite;
using Shop.Payments.Cards;
using Shop.Payments.Events;

namespace Shop.Payments.Charging;

/// <summary>Charges each order once, and tells what came of it.</summary>
internal sealed class OrderCharging(CardNetworkClient cards, PaymentsDatabase database, IOutbox outbox, TimeProvider time)
{
    public async Task HandleAsync(OrderPlaced order, EventContext context, CancellationToken cancellationToken)
    {
        // Before the transaction: a slow network must not hold the database.
        var charge = await cards.ChargeAsync(order.OrderId, order.Total, cancellationToken);
        var payment = new Payment(
            order.OrderId, order.Total, charge.Approved, charge.Reason, context.Attempt, time.GetUtcNow());

        await using var connection = await database.OpenAsync(cancellationToken);
        await using var transaction = connection.BeginTransaction(deferred: false);
        if (await context.TryClaimAsync(transaction, cancellationToken))
        {
            await PaymentStore.AddAsync(connection, payment, cancellationToken);
            await TellAsync(transaction, order, payment, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    // In the same transaction: either there is a payment and everybody hears of it, or there is neither.
    private async Task TellAsync(
        SqliteTransaction transaction, OrderPlaced order, Payment payment, CancellationToken cancellationToken)
    {
        var options = new PublishOptions { Key = order.OrderId.ToString() };
        if (payment.Accepted)
        {
            var accepted = new PaymentAccepted(order.OrderId, order.Number, order.Total);
            await outbox.EnqueueAsync(transaction, accepted, options, cancellationToken);
        }
        else
        {
            var declined = new PaymentDeclined(order.OrderId, payment.Reason ?? "The card was declined.");
            await outbox.EnqueueAsync(transaction, declined, options, cancellationToken);
        }
    }
}
