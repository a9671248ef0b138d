using Shop.Web.Goodput;

namespace Shop.Web.Panel;

/// <summary>All that the panel shows, at one moment.</summary>
/// <param name="Services">The services in the order of the way of an order.</param>
/// <param name="Requests">What this storefront asked for lately.</param>
/// <param name="Goodput">What comes of the load that this page sends.</param>
/// <param name="Backstage">The card network and the dead letters.</param>
/// <param name="EngineProblem">Why nothing can be killed or stopped, if so.</param>
public sealed record PanelSnapshot(
    IReadOnlyList<ServiceView> Services, RequestSummary Requests, GoodputSummary Goodput, Backstage Backstage, string? EngineProblem);
