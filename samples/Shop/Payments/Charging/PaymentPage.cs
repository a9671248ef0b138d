namespace Shop.Payments.Charging;

/// <summary>One page of the payments, the latest first.</summary>
internal sealed record PaymentPage(IReadOnlyList<Payment> Items, int Page, int PageSize, int Total);
