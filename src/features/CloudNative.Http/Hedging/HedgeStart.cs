namespace CloudNative.Http.Hedging;

/// <summary>Sends a request as a call of its own.</summary>
internal delegate Task<HttpResponseMessage> HedgeStart(
    HttpRequestMessage request, HedgePair pair, bool isHedge, CancellationToken cancellationToken);
