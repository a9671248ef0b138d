namespace CloudNative.Comparison.Events;

/// <summary>Public: Wolverine compiles code that calls it.</summary>
public sealed class WolverineSaleHandler(SaleCounter counter)
{
    public void Handle(Sale sale) => counter.Handled(sale);
}
