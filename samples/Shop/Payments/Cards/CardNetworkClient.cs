namespace Shop.Payments.Cards;

/// <summary>Calls the card network, which belongs to others and fails at times.</summary>
internal sealed class CardNetworkClient(HttpClient http)
{
    /// <summary>Charges the card of an order. The order's id is the key: however often this is called, the card is charged once.</summary>
    /// <exception cref="HttpRequestException">The network failed; whether it charged the card is not known.</exception>
    /// <exception cref="OperationCanceledException">It did not answer in time; the same.</exception>
    public async Task<CardCharge> ChargeAsync(Guid orderId, decimal amount, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/charges") { Content = JsonContent.Create(new { amount }) };
        request.Headers.Add("Idempotency-Key", orderId.ToString());
        using var response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<CardCharge>(cancellationToken))!;
    }
}
