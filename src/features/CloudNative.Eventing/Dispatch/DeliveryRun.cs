using System.Data.Common;
using CloudNative.Eventing.Configuration;
using CloudNative.Eventing.Handling;
using CloudNative.Eventing.Planning;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Eventing.Dispatch;

/// <summary>One delivery from its arrival to its settlement; also the context that handlers see, and its own work item.</summary>
internal sealed class DeliveryRun(Dispatcher owner, EventDelivery delivery) : EventContext, IThreadPoolWorkItem
{
    private const int LongestDetail = 2_000;
    private IServiceProvider? _services;
    private string? _rejection;
    private int _attempt = 1;

    public override EventEnvelope Event => delivery.Event;

    public override string Topic => owner.Plan.Topic;

    public override string Group => owner.Plan.Group;

    public override int Attempt => _attempt;

    public override long? Position => delivery.Position;

    public override IServiceProvider Services => _services ?? throw new InvalidOperationException(
        "The delivery is over, and its services with it. Do not keep an EventContext beyond its handler.");

    public override void DeadLetter(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        _rejection = reason;
    }

    public override ValueTask<bool> TryClaimAsync(DbTransaction transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        foreach (var inbox in owner.Inboxes)
        {
            if (inbox.Serves(transaction))
            {
                return inbox.TryClaimAsync(transaction, Group, Event.Source, Event.Id, cancellationToken);
            }
        }

        throw new InvalidOperationException(
            $"{ErrorIds.NoInbox} No inbox of this service serves a {transaction.GetType().Name}. Add the inbox of that database, such as "
            + "cloud.Events.UseSqliteOutbox(…), or make the handler harmless to repeat.");
    }

    // The dispatcher counts it until it is done, and waits for it when the service stops.
    public void Execute() => _ = RunAsync();

    // Never throws: there is nobody to catch.
    private async Task RunAsync()
    {
        try
        {
            var settlement = delivery.Lost.CanBeCanceled
                ? await HandleOnLoanAsync().ConfigureAwait(false)
                : await HandleAsync(owner.Ending).ConfigureAwait(false);
            await owner.SettleAsync(delivery, settlement).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            owner.Failed(exception, delivery);
        }
        finally
        {
            owner.Done();
        }
    }

    private async ValueTask<Settlement> HandleOnLoanAsync()
    {
        var token = owner.Rent();
        token.Begin(delivery.Lost);
        try
        {
            return await HandleAsync(token.Token).ConfigureAwait(false);
        }
        finally
        {
            owner.Return(token);
        }
    }

    private async ValueTask<Settlement> HandleAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Settlement.Release();
        }

        if (!owner.Plan.Routes.TryGetValue(Event.Type, out var route))
        {
            return Unknown();
        }

        var telemetry = owner.Telemetry;
        using var activity = telemetry.StartProcessing(delivery);
        var begun = telemetry.Begin();
        var settlement = await AttemptAsync(route, cancellationToken).ConfigureAwait(false);
        telemetry.Processed(activity, begun, settlement);
        return settlement;
    }

    private async ValueTask<Settlement> AttemptAsync(HandlerRoute route, CancellationToken cancellationToken)
    {
        for (var round = 0; ; round++)
        {
            _attempt = route.Retry.AttemptOf(delivery.Attempt, round);
            _rejection = null;
            try
            {
                await RunOnceAsync(route, cancellationToken).ConfigureAwait(false);
                return _rejection is null
                    ? Settlement.Complete()
                    : Settlement.DeadLetter(Failure(DeadLetterReason.Rejected, _rejection));
            }
            catch (UnreadableDataException exception)
            {
                return Settlement.DeadLetter(Failure(DeadLetterReason.NotDeserializable, exception.Message));
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                // Stopped, or the lease is lost. What an interrupted handler says of it is no failure of the event.
                return Settlement.Release();
            }
            catch (Exception exception)
            {
                if (AfterFailure(route.Retry, round, exception) is { } settlement)
                {
                    return settlement;
                }
            }
        }
    }

    // A scope for each attempt: what a failed one left in its objects is not the next one's to find.
    private async ValueTask RunOnceAsync(HandlerRoute route, CancellationToken cancellationToken)
    {
        var scope = owner.Scopes.CreateAsyncScope();
        _services = scope.ServiceProvider;
        try
        {
            await route.Run(this, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _services = null;
            await scope.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <returns>What becomes of the delivery; <see langword="null"/> for another attempt at once.</returns>
    private Settlement? AfterFailure(RetryPlan retry, int round, Exception exception)
    {
        if (round < retry.Immediate)
        {
            owner.Telemetry.Retried(isImmediate: true);
            owner.AttemptFailed(exception, delivery, _attempt);
            return null;
        }

        var failure = Failure(DeadLetterReason.HandlerFailed, $"{exception.GetType().FullName}: {exception.Message}");
        if (delivery.Attempt > retry.Delayed)
        {
            owner.GaveUp(exception, delivery, _attempt);
            return Settlement.DeadLetter(failure);
        }

        var delay = retry.DelayAfter(delivery.Attempt, owner.Random);
        owner.Telemetry.Retried(isImmediate: false);
        owner.Postponed(exception, delivery, _attempt, delay);
        return Settlement.Retry(delay, failure);
    }

    private Settlement Unknown()
    {
        if (owner.Plan.KnowsAnotherVersionOf(Event.Type))
        {
            return Settlement.DeadLetter(Failure(
                DeadLetterReason.UnknownType, $"The group handles another version of '{Event.Type}', not this one"));
        }

        if (owner.Plan.UnknownTypes == UnknownEventTypes.DeadLetter)
        {
            return Settlement.DeadLetter(Failure(DeadLetterReason.UnknownType, $"No handler of the group knows '{Event.Type}'"));
        }

        owner.Telemetry.Skipped();
        return Settlement.Complete();
    }

    private DeliveryFailure Failure(DeadLetterReason reason, string detail)
    {
        var line = detail.ReplaceLineEndings(" ");
        return new(reason, line.Length > LongestDetail ? line[..LongestDetail] : line, owner.Time.GetUtcNow(), _attempt);
    }
}
