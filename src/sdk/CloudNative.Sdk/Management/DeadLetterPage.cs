namespace CloudNative.Sdk.Management;

/// <summary>Some dead letters.</summary>
/// <param name="Items">The dead letters, without their bytes and history.</param>
/// <param name="Next">What to ask for as <c>after</c>; <see langword="null"/> on the last page.</param>
internal sealed record DeadLetterPage(IReadOnlyList<DeadLetterItem> Items, long? Next);
