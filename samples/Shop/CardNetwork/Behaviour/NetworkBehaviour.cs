using System.ComponentModel.DataAnnotations;

namespace Shop.CardNetwork.Behaviour;

/// <summary>How the network behaves. Public, because the validation generator passes over internal types.</summary>
/// <param name="Delay">Milliseconds that each answer takes; 0 to 60,000.</param>
/// <param name="Failing">Share of requests that fail with 500, half of them after the card was charged; 0 to 1.</param>
/// <param name="Hanging">Share of requests that get no answer at all; 0 to 1.</param>
/// <param name="CardLimit">Charges above this many euros are declined.</param>
public sealed record NetworkBehaviour(
    [Range(0, 60_000)] int Delay = 20,
    [Range(0, 1)] double Failing = 0.05,
    [Range(0, 1)] double Hanging = 0.01,
    [Range(0, 1_000_000)] decimal CardLimit = 500);
