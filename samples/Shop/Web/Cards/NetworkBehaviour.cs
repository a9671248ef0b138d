namespace Shop.Web.Cards;

/// <summary>How the card network behaves.</summary>
/// <param name="Delay">Milliseconds that each answer takes.</param>
/// <param name="Failing">Share of requests that fail, half of them after the card was charged.</param>
/// <param name="Hanging">Share of requests that get no answer at all.</param>
/// <param name="CardLimit">Charges above this many euros are declined.</param>
public sealed record NetworkBehaviour(int Delay, double Failing, double Hanging, decimal CardLimit);
