using System.Collections.Concurrent;

namespace Shop.CardNetwork.Charges;

/// <summary>Remembers every charge by its key, so that a card is charged once however often that is asked for. Thread-safe.</summary>
internal sealed class ChargeBook
{
    private readonly ConcurrentDictionary<string, Charge> _charges = new();

    public Charge Charge(string key, decimal amount, decimal limit) => _charges.GetOrAdd(key, _ => new Charge(
        Guid.CreateVersion7(), amount, amount <= limit, amount <= limit ? null : $"The card's limit is {limit:0.##} euros."));
}
