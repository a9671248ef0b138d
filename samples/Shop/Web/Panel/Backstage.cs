using Shop.Web.Cards;
using Shop.Web.DeadLetters;
using Shop.Web.Events;
using Shop.Web.Orders;

namespace Shop.Web.Panel;

/// <summary>What is not served but behind it, as far as somebody answers.</summary>
/// <param name="Network">How the card network behaves; <see langword="null"/> when it does not answer.</param>
/// <param name="Orders">How far the latest orders are; <see langword="null"/> when ordering does not answer.</param>
/// <param name="Events">Where events wait; <see langword="null"/> when nobody can tell.</param>
/// <param name="DeadLetters">The dead letters; <see langword="null"/> when nobody can tell.</param>
public sealed record Backstage(NetworkBehaviour? Network, OrderCounts? Orders, WaitingEvents? Events, DeadLetterList? DeadLetters);
