namespace CloudNative.Shared.EventLog;

/// <summary>A partition of a group as it stands in the store.</summary>
/// <param name="Partition">Which.</param>
/// <param name="Owner">The member that handles it, or null.</param>
/// <param name="Token">Grows with every change of owner; what carries an older one does not count.</param>
/// <param name="Head">Everything of the partition up to here is done, but <paramref name="Open"/>.</param>
/// <param name="Open">The positions before the head that are not done, in falling order.</param>
/// <param name="Done">How many events were done since the group's start.</param>
internal sealed record ShareRow(int Partition, long? Owner, long Token, long Head, List<long> Open, long Done);
