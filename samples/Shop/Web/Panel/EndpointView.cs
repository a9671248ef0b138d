namespace Shop.Web.Panel;

/// <summary>A neighbour as this storefront's endpoint table knows it.</summary>
/// <param name="InFlight">Requests it is working on for this storefront.</param>
/// <param name="Milliseconds">Average latency of the last seconds; 0 before the first call.</param>
/// <param name="Failures">Attempts that failed since the last success.</param>
/// <param name="EjectedSeconds">How long it gets no requests yet; 0 when it does.</param>
public sealed record EndpointView(int InFlight, double Milliseconds, int Failures, int EjectedSeconds);
