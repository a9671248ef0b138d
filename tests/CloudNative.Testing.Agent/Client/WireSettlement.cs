using CloudNative.Eventing;

namespace CloudNative.Testing.Agent.Client;

internal sealed record WireSettlement(SettlementKind Kind, TimeSpan Delay, DeliveryFailure? Failure)
{
    public static WireSettlement Of(Settlement settlement) => new(settlement.Kind, settlement.Delay, settlement.Failure);

    public Settlement ToSettlement() => Kind switch
    {
        SettlementKind.Complete => Settlement.Complete(),
        SettlementKind.Release => Settlement.Release(),
        SettlementKind.Retry => Settlement.Retry(Delay, Failure!),
        _ => Settlement.DeadLetter(Failure!),
    };
}
