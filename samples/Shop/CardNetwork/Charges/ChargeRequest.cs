using System.ComponentModel.DataAnnotations;

namespace Shop.CardNetwork.Charges;

/// <summary>The body of <c>POST /charges</c>. Public, because the validation generator passes over internal types.</summary>
/// <param name="Amount">Euros to charge.</param>
public sealed record ChargeRequest([Range(0.01, 1_000_000)] decimal Amount);
