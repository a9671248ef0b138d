using CloudNative.EntityFrameworkCore.Model;
using CloudNative.EntityFrameworkCore.Outbox;
using CloudNative.Eventing;
using Microsoft.EntityFrameworkCore;

namespace CloudNative.EntityFrameworkCore;

/// <summary>The inbox of a context.</summary>
public static class EventContextExtensions
{
    /// <summary>
    /// Claims the event that is handled for its group, by what the next SaveChanges of the context writes together with
    /// the effect: both are there or neither is, so that the effect happens once however often the event is delivered.
    /// </summary>
    /// <param name="context">The delivery.</param>
    /// <param name="database">The context that the effect is written with.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>
    /// <see langword="false"/> when the event was claimed before: the effect is there already, return without doing
    /// anything.
    /// </returns>
    /// <exception cref="InvalidOperationException">
    /// The context was not named as an inbox, or its model lacks the tables.
    /// </exception>
    /// <remarks>
    /// Where two processes handle one event at the same time, the SaveChanges of the second throws <see
    /// cref="DbUpdateException"/>. Let it go: the event is delivered again, and then this answers <see
    /// langword="false"/>.
    /// </remarks>
    public static async ValueTask<bool> TryClaimAsync(
        this EventContext context, DbContext database, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(database);
        var interceptor = NamedContexts.Find(database);
        var (group, source, id) = (context.Group, context.Event.Source, context.Event.Id);
        var claims = database.Set<InboxClaim>();
        var isClaimed = claims.Local.Any(claim => claim.Consumer == group && claim.Source == source && claim.Id == id)
            || await claims.AsNoTracking()
                .AnyAsync(claim => claim.Id == id && claim.Source == source && claim.Consumer == group, cancellationToken)
                .ConfigureAwait(false);
        if (!isClaimed)
        {
            claims.Add(new InboxClaim
            {
                Consumer = group,
                Source = source,
                Id = id,
                Claimed = interceptor.Now.ToUnixTimeMilliseconds(),
            });
        }

        return !isClaimed;
    }
}
