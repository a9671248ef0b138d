using System.ComponentModel.DataAnnotations;

namespace Shop.Catalog.Faults;

/// <summary>What is wrong with this replica. Public, because the validation generator passes over internal types.</summary>
/// <param name="Slowness">How many times as long an answer takes; 1 to 1,000.</param>
/// <param name="Failing">Share of requests that are answered 503 (gRPC: UNAVAILABLE); 0 to 1.</param>
/// <param name="Silent">Whether requests are taken and never answered.</param>
public sealed record Fault(
    [Range(1, 1000)] double Slowness = 1,
    [Range(0, 1)] double Failing = 0,
    bool Silent = false);
