using Issuer.Core.Holds;
using Issuer.Core.Identity;
using Issuer.Core.Policies;
using Issuer.Storage.Policies;
using static Issuer.Storage.Predicates;

namespace Issuer.Storage.Holds;

/// <summary>Which doses that were entered are too many, as <see cref="StockRule"/> says.</summary>
sealed class StockBounds
{
    readonly Dictionary<ProductAt, StockSource> sources = [];
    readonly Dictionary<DosesOf, long> beyond = [];

    public IEnumerable<ProductAt> Products => sources.Keys;

    public StockSource SourceOf(ProductAt at) => sources.GetValueOrDefault(at, StockSource.None);

    /// <summary>What these doses are counted with.</summary>
    public DosesOf BucketOf(DosesOf doses) => SourceOf(doses.At) == StockSource.None ? doses : doses.OfAllDays;

    public long BeyondOf(DosesOf bucket) => beyond.GetValueOrDefault(bucket);

    public IEnumerable<DosesOf> BeyondAt(ProductAt at) => beyond.Keys.Where(bucket => bucket.At == at).Order();

    /// <summary>Of these days only.</summary>
    public static Task<StockBounds> ReadAsync(
        WriteSession session, IReadOnlyCollection<DosesOf> touched, DateTimeOffset now) => ReadAsync(
            session, touched.Select(doses => doses.At).ToHashSet(), $"and u.day {session.OneOf("days")}",
            [DosesOf.AllDays, .. touched.Select(doses => doses.Day).Distinct()], now);

    /// <summary>Of all days.</summary>
    public static Task<StockBounds> ReadAsync(
        WriteSession session, IReadOnlySet<ProductAt> products, DateTimeOffset now) =>
        ReadAsync(session, products, "", [], now);

    static async Task<StockBounds> ReadAsync(
        WriteSession session, IReadOnlySet<ProductAt> products, string which, string[] days, DateTimeOffset now)
    {
        var used = await session.QueryAsync<UsedColumns>(
            $"""
            select u.facility, u.product, u.day, u.entered, f.commune, f.province,
                (select cast(sum(s.doses) as bigint) from stock s
                    where s.holder = u.facility and {IsAtFacility("s")} and s.product = u.product) as own
            from product_use u left join facility f on f.code = u.facility
            where u.facility {session.OneOf("facilities")} and u.product {session.OneOf("names")} {which}
            """,
            new
            {
                facilities = products.Select(at => at.Holder).Distinct().ToArray(),
                names = products.Select(at => at.Product).Distinct().ToArray(), days,
            });
        used.RemoveAll(row => !products.Contains(row.At));
        var bounds = new StockBounds();
        // Most have doses of their own and are far from having used them up: nothing else is read for them.
        if (used.TrueForAll(row => row.Own is { } own && row.Entered <= own))
        {
            used.ForEach(row => bounds.sources[row.At] = StockSource.Own);
            return bounds;
        }
        var policy = await PolicyRows.InForceAsync(session, PolicyKinds.Stock, now);
        var booked = await SharedRows.BookedAsync(
            session, [.. used.Where(row => row.Own is null).SelectMany(row => row.Places).Distinct()]);
        var announced = await BacklogColumns.OfAsync(
            session, [.. used.Where(row => row.Own is null).Select(row => row.Facility).Distinct()]);
        used.ForEach(row => bounds.Add(row, booked, announced, policy));
        return bounds;
    }

    void Add(
        UsedColumns used, IReadOnlyDictionary<ProductAt, long> booked, List<BacklogColumns> announced,
        StockPolicy policy)
    {
        var doses = new DosesOf(used.At, used.Day);
        var received = used.ReceivedOf(booked);
        sources[used.At] = received.Source;
        // A shared stock is drawn on when a dose is signed for, not when it is entered.
        var allowed = (received.Source, used.Day) switch
        {
            (StockSource.Own, DosesOf.AllDays) => StockRule.AllowedOf(received.Own!.Value, policy),
            (StockSource.None, not DosesOf.AllDays) => StockRule.AllowedADay(
                used.Facility, policy, announced.Where(one => one.Covers(doses)).Sum(one => one.Expected)),
            _ => long.MaxValue,
        };
        if (StockRule.Beyond(used.Entered, allowed) is > 0 and var tooMany)
        {
            beyond[doses] = tooMany;
        }
    }

    /// <summary>A class with members: the engine gives a computed column no type while it is null.</summary>
    sealed class UsedColumns
    {
        public string Facility { get; init; } = "";

        public string Product { get; init; } = "";

        public string Day { get; init; } = "";

        public long Entered { get; init; }

        public string? Commune { get; init; }

        public string? Province { get; init; }

        public long? Own { get; init; }

        public ProductAt At => new(Facility, Product);

        public IEnumerable<ProductAt> Places => new[] { OfCommune, OfProvince }.OfType<ProductAt>();

        ProductAt? OfCommune => Commune is null ? null : new(Commune, Product);

        ProductAt? OfProvince => Province is null ? null : new(Provinces.Today(Province), Product);

        public ReceivedDoses ReceivedOf(IReadOnlyDictionary<ProductAt, long> booked) =>
            new(Own, Find(booked, OfCommune), Find(booked, OfProvince));

        static long? Find(IReadOnlyDictionary<ProductAt, long> booked, ProductAt? place) =>
            place is { } known && booked.TryGetValue(known, out var doses) ? doses : null;
    }
}
