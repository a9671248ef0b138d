namespace CloudNative.Brownfield.Tests;

/// <summary>The test that runs.</summary>
internal static class Test
{
    /// <summary>Fires when the run is aborted.</summary>
    public static CancellationToken Stop => TestContext.Current.CancellationToken;
}
