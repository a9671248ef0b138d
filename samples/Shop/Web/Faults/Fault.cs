namespace Shop.Web.Faults;

/// <summary>What is wrong with a replica.</summary>
/// <param name="Slowness">How many times as long an answer takes.</param>
/// <param name="Failing">Share of requests that fail.</param>
/// <param name="Silent">Whether requests are taken and never answered.</param>
public sealed record Fault(double Slowness, double Failing, bool Silent);
