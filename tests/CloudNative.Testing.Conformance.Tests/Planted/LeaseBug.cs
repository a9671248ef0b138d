namespace CloudNative.Testing.Conformance.Tests.Planted;

public enum LeaseBug
{
    None,
    SharesTheLease,
    RepeatsTokens,
    NeverExpires,
    NeverRenews,
    NoFencingOnRelease,
    NoFencingOnRenewal,
    NeverTellsOfLoss,
    TakesAnyName,
}
